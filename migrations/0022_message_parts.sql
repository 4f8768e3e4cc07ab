-- Locks the tables of this and the next migrations as the migration of the wallet does, and lets statements of servers pass.
do $$
begin
  loop
    begin
      perform set_config('lock_timeout', '200ms', true);
      lock table entries, exchanges, balances, cap_counters in access exclusive mode;
      perform set_config('lock_timeout', '0', true);
      return;
    exception when lock_not_available then
      perform pg_sleep(0.05);
    end;
  end loop;
end
$$;

-- The images and files of a message; the parts of a reply, if they are not the text and then the calls of tools.
-- `stop_requested_at`: when the account asked the server that writes the reply to end it.
-- Servers of the version before go on working: each new column may be null.
alter table exchanges
  add column attachments jsonb,
  add column reply_parts jsonb,
  add column stop_requested_at timestamptz;
