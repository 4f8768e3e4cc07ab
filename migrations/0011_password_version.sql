-- Counts the passwords that an account has had, so that a sign-in which compared an older one opens no session.
alter table users add column password_version integer not null default 1;
