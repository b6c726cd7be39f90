import { type Kysely, sql } from 'kysely';

/** Who may start lives in a group, requests to start one, and the log of what admins did. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(`
      create table start_rules (
        group_id uuid primary key references groups on delete cascade,
        version int not null,
        rule jsonb not null
      );
      create table start_named (
        group_id uuid not null,
        user_id uuid not null,
        primary key (group_id, user_id),
        foreign key (group_id, user_id) references members (group_id, user_id) on delete cascade
      );
      create index start_named_user on start_named (user_id);
      create table start_asks (
        group_id uuid not null,
        seq bigint not null,
        user_id uuid not null references users on delete cascade,
        client_id uuid not null,
        state text not null default 'waiting' check (state in ('waiting', 'allowed', 'declined')),
        until bigint,
        primary key (group_id, seq),
        unique (user_id, client_id),
        foreign key (group_id, seq) references messages (group_id, seq) on delete cascade
      );
      create unique index start_asks_waiting on start_asks (group_id, user_id) where state = 'waiting';
      create index start_asks_allowed on start_asks (user_id, group_id, until) where state = 'allowed';
      -- Refers to nothing on purpose: it says what was done by whom also when they are gone.
      create table audit (
        id bigint generated always as identity primary key,
        at bigint not null default now_ms(),
        group_id uuid,
        by_user uuid not null,
        act text not null,
        about uuid,
        text text not null default ''
      );
      create index audit_group on audit (group_id, id);
    `)
    .execute(db);
}
