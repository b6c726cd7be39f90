import { type Kysely, sql } from 'kysely';

/**
 * Times are epoch milliseconds of the database's clock (`now_ms()`), as on the wire; only the tables of the accounts
 * library keep timestamps.
 */
const schema = `
create function now_ms() returns bigint language sql volatile parallel safe
  as $$ select (extract(epoch from clock_timestamp()) * 1000)::bigint $$;

create table users (
  id uuid primary key,
  name text not null,
  email text not null unique,
  "emailVerified" boolean not null default false,
  image text,
  "createdAt" timestamptz not null default now(),
  "updatedAt" timestamptz not null default now(),
  username text unique,
  "displayUsername" text,
  picture uuid,
  operator boolean not null default false
);

create table sessions (
  id uuid primary key,
  "expiresAt" timestamptz not null,
  token text not null unique,
  "createdAt" timestamptz not null default now(),
  "updatedAt" timestamptz not null default now(),
  "ipAddress" text,
  "userAgent" text,
  "userId" uuid not null references users on delete cascade
);
create index sessions_user on sessions ("userId");

create table credentials (
  id uuid primary key,
  "accountId" text not null,
  "providerId" text not null,
  "userId" uuid not null references users on delete cascade,
  "accessToken" text,
  "refreshToken" text,
  "idToken" text,
  "accessTokenExpiresAt" timestamptz,
  "refreshTokenExpiresAt" timestamptz,
  scope text,
  password text,
  "createdAt" timestamptz not null default now(),
  "updatedAt" timestamptz not null default now()
);
create index credentials_user on credentials ("userId");

create table verifications (
  id uuid primary key,
  identifier text not null,
  value text not null,
  "expiresAt" timestamptz not null,
  "createdAt" timestamptz not null default now(),
  "updatedAt" timestamptz not null default now()
);
create index verifications_identifier on verifications (identifier);

-- One row: who was let in by the first link. A second first link finds it taken.
create table installation (
  id boolean primary key default true check (id),
  owner uuid references users on delete set null,
  owned_at bigint
);
insert into installation default values;

-- Sign-ins of the last minute that failed or are being tried, by a keyed hash of name and address.
create table sign_in_failures (
  key text not null,
  at bigint not null default now_ms()
);
create index sign_in_failures_key on sign_in_failures (key, at);
create index sign_in_failures_at on sign_in_failures (at);

create table consents (
  user_id uuid not null references users on delete cascade,
  kind text not null,
  version integer not null,
  at bigint not null default now_ms(),
  primary key (user_id, kind, version)
);

create table groups (
  id uuid primary key,
  name text not null,
  picture uuid,
  created_by uuid not null references users,
  client_id uuid not null,
  since bigint not null default now_ms(),
  unique (created_by, client_id)
);

-- Apart from groups, so that the hot counters are locked without touching anything else.
create table group_counters (
  group_id uuid primary key references groups on delete cascade,
  seq bigint not null default 0,
  posts bigint not null default 0,
  lives_version bigint not null default 0
);

create table members (
  group_id uuid not null references groups on delete cascade,
  user_id uuid not null references users on delete cascade,
  role text not null check (role in ('owner', 'admin', 'member')),
  since bigint not null default now_ms(),
  read_posts bigint not null default 0,
  primary key (group_id, user_id)
);
create index members_user on members (user_id);

create table invites (
  id uuid primary key,
  group_id uuid not null references groups on delete cascade,
  created_by uuid not null references users,
  client_id uuid not null,
  since bigint not null default now_ms(),
  until bigint,
  uses integer not null default 0,
  max_uses integer,
  revoked_at bigint,
  unique (created_by, client_id),
  check (max_uses is null or uses <= max_uses)
);
create index invites_group on invites (group_id);

create table messages (
  group_id uuid not null references groups on delete cascade,
  seq bigint not null,
  post bigint,
  author uuid not null references users,
  client_id uuid,
  at bigint not null,
  body jsonb not null,
  primary key (group_id, seq),
  unique (group_id, author, client_id)
);

create table message_changes (
  group_id uuid not null references groups on delete cascade,
  seq bigint not null,
  of bigint not null,
  at bigint not null,
  body jsonb not null,
  primary key (group_id, seq)
);

create table pictures (
  id uuid primary key,
  use text not null check (use in ('message', 'face', 'group')),
  group_id uuid references groups on delete cascade,
  owner uuid not null references users on delete cascade,
  message_seq bigint,
  width integer not null,
  height integer not null,
  bytes integer not null,
  at bigint not null default now_ms()
);
create index pictures_group on pictures (group_id, message_seq);

create table lives (
  id uuid primary key,
  group_id uuid not null references groups on delete cascade,
  host uuid not null references users,
  client_id uuid not null,
  topic text not null,
  audio_only boolean not null,
  state text not null check (state in ('preparing', 'live', 'interrupted', 'ended', 'cancelled')),
  epoch integer not null default 1,
  host_page uuid not null,
  prepared_at bigint not null default now_ms(),
  prepare_until bigint not null,
  since bigint,
  interrupted_at bigint,
  grace_until bigint,
  limit_at bigint,
  ended_at bigint,
  end_reason text,
  ended_by uuid references users,
  note text,
  card_seq bigint,
  viewers integer,
  comments integer,
  likes bigint,
  unique (host, client_id),
  check ((state = 'ended') = (ended_at is not null)),
  check (state in ('preparing', 'cancelled') or since is not null)
);
create unique index lives_one_per_host on lives (host) where state in ('preparing', 'live', 'interrupted');
create index lives_running on lives (group_id) where state in ('preparing', 'live', 'interrupted');

create table live_interruptions (
  live_id uuid not null references lives on delete cascade,
  from_at bigint not null,
  to_at bigint,
  primary key (live_id, from_at)
);

-- Apart from lives: locked in id order by the batch that stores comments. open: comments and likes are taken.
create table live_counters (
  live_id uuid primary key references lives on delete cascade,
  open boolean not null default false,
  seq bigint not null default 0,
  comments bigint not null default 0,
  likes bigint not null default 0
);

create table comments (
  live_id uuid not null references lives on delete cascade,
  seq bigint not null,
  author uuid not null references users,
  client_id uuid not null,
  at bigint not null,
  text text,
  deleted_by uuid references users,
  primary key (live_id, seq),
  constraint comments_once unique (live_id, author, client_id)
);

create table comment_changes (
  live_id uuid not null references lives on delete cascade,
  seq bigint not null,
  of bigint not null,
  at bigint not null,
  primary key (live_id, seq)
);

-- The newest batch of each page: its number, how many of its taps were counted, and the page's sum.
create table likes (
  live_id uuid not null references lives on delete cascade,
  user_id uuid not null references users on delete cascade,
  page uuid not null,
  batch integer not null,
  counted integer not null,
  taps bigint not null,
  primary key (live_id, user_id, page)
);

-- Accepted taps by slice of ten seconds, for the curve.
create table like_slices (
  live_id uuid not null references lives on delete cascade,
  at bigint not null,
  taps bigint not null,
  primary key (live_id, at)
);

-- Who watched when: one row per person, page and stay. until_at is moved on while the page stays.
create table attendance (
  live_id uuid not null references lives on delete cascade,
  user_id uuid not null references users on delete cascade,
  page uuid not null,
  from_at bigint not null,
  until_at bigint not null,
  closed boolean not null default false,
  primary key (live_id, user_id, page, from_at)
);
create index attendance_open on attendance (until_at) where not closed;
`;

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(schema).execute(db);
}
