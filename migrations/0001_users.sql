-- Accounts. The keys are the compared forms of the names; the domain makes them, so that no collation has a say.
create table users (
  id uuid primary key,
  username text not null,
  username_key text not null constraint users_username_taken unique,
  email text,
  email_key text constraint users_email_taken unique,
  email_verified boolean not null default false,
  password_hash text not null,
  role text not null check (role in ('user', 'admin')),
  status text not null default 'active' check (status in ('active', 'disabled')),
  created_at timestamptz not null default now()
);
