-- What was counted of what may happen only so often. The keys say nothing about whom they are. The rows are worth little:
-- unlogged, they cost the least to write and are forgotten when PostgreSQL crashes.
create unlogged table rate_limits (
  key varchar(255) primary key,
  points integer not null default 0,
  -- Milliseconds since 1970.
  expire bigint
) with (fillfactor = 70);
