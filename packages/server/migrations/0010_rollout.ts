import { type Kysely, sql } from 'kysely';

/** Which features are rolled out how far, and who has met them. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(`
      create table rollouts (
        feature text primary key,
        version int not null,
        rollout jsonb not null,
        changed_at bigint not null default now_ms()
      );
      create table exposures (
        feature text not null,
        user_id uuid not null references users on delete cascade,
        group_id uuid not null references groups on delete cascade,
        at bigint not null default now_ms(),
        primary key (feature, user_id, group_id)
      );
      create index exposures_user on exposures (user_id);
      create index exposures_group on exposures (group_id);
    `)
    .execute(db);
}
