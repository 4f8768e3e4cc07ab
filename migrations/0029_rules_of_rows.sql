-- The rules of one row of the ledger, each table's in one function. PostgreSQL reads the stored text of every CHECK again in
-- each statement: 28 of them took a third of the database's time for a chat (0.75 ms of CPU, 0.55 without), a function takes
-- a few microseconds. The rules are the same, but that a hold which was not captured has no `captured` even without a reply.
-- What is unknown (null) passes, as in a CHECK. Arguments have the columns' names.
-- As in 0020: if a server holds one of these tables and waits for another, this lets it pass and tries again.
do $$
begin
  loop
    begin
      perform set_config('lock_timeout', '200ms', true);
      lock table entries, exchanges, balances in access exclusive mode;
      perform set_config('lock_timeout', '0', true);
      return;
    exception when lock_not_available then
      perform pg_sleep(0.05);
    end;
  end loop;
end
$$;

create function balance_is_consistent(
  debt bigint, lots_total bigint, low_balance bigint, alert_below bigint, alert_ends_at bigint
) returns boolean language plpgsql immutable as $$
begin
  return debt between 0 and 9007199254740991
    and lots_total between 0 and 9007199254740991
    and low_balance between 1 and 9007199254740991
    and alert_below between 0 and 1
    and alert_ends_at between 1 and 9007199254740991
    and (alert_below is null) = (alert_ends_at is null);
end
$$;

create function entry_is_consistent(
  kind text, amount bigint, balance_after bigint, exchange_id uuid, idempotency_key text, action text, units bigint,
  details jsonb
) returns boolean language plpgsql immutable as $$
begin
  if balance_after not between 0 and 9007199254740991 then
    return false;
  elsif kind = 'charge' then
    return amount between -9007199254740991 and 0 and exchange_id is not null and idempotency_key is null;
  else
    return kind in ('grant', 'purchase', 'voucher', 'allowance', 'adjustment', 'expiry', 'refund', 'debt')
      and amount <> 0 and amount between -9007199254740991 and 9007199254740991
      and exchange_id is null and action is null and units is null and details is null;
  end if;
end
$$;

create function exchange_is_consistent(
  status text, hold_state text, held bigint, hold_deadline timestamptz, ended_at timestamptz, captured bigint, taken bigint,
  uncollected bigint, conversation_id uuid, begins_conversation boolean, price_per_message bigint, price_per_1k_input bigint,
  price_per_1k_output bigint, erased boolean, message text, reply text, tool_calls jsonb, request_fingerprint text
) returns boolean language plpgsql immutable as $$
begin
  if erased and (message <> '' or coalesce(reply, '') <> '' or tool_calls is not null or request_fingerprint is not null) then
    return false;
  end if;
  return status in ('pending', 'completed', 'failed', 'cancelled', 'imported')
    and hold_state in ('open', 'captured', 'released', 'expired', 'none')
    and held between 0 and 9007199254740991
    and (hold_state = 'open') = (status = 'pending')
    and (hold_state = 'open') = (ended_at is null)
    and (hold_state = 'none') = (status = 'imported')
    and (hold_state = 'none') = (hold_deadline is null)
    and (hold_state <> 'none' or held = 0)
    and (hold_state = 'captured') = (captured is not null)
    and (captured is null or reply is not null)
    and captured between 0 and held + taken
    and taken between 0 and 9007199254740991
    and uncollected between 0 and 9007199254740991
    and (taken = 0 or captured = held + taken)
    and (uncollected = 0 or captured = held + taken)
    and (conversation_id is not null or not begins_conversation)
    and (price_per_1k_input is null) = (price_per_1k_output is null)
    and (price_per_message is null or price_per_1k_input is null);
end
$$;

-- Every row satisfied the narrower constraints. `not valid` saves a scan of the tables while all servers wait.
alter table balances
  drop constraint balances_debt_check,
  drop constraint balances_lots_total_check,
  drop constraint balances_low_balance_check,
  drop constraint balances_alert_below_check,
  drop constraint balances_alert_ends_at_check,
  drop constraint balances_alert,
  add constraint balances_consistent check (
    balance_is_consistent(debt, lots_total, low_balance, alert_below, alert_ends_at)) not valid;

alter table entries
  drop constraint entries_amount_check,
  drop constraint entries_balance_after_check,
  drop constraint entries_check,
  drop constraint entries_check1,
  drop constraint entries_check2,
  drop constraint entries_kind_check,
  drop constraint entries_key_of_no_charge,
  drop constraint entries_action_of_charge,
  add constraint entries_consistent check (
    entry_is_consistent(kind, amount, balance_after, exchange_id, idempotency_key, action, units, details)) not valid;

alter table exchanges
  drop constraint exchanges_status_check,
  drop constraint exchanges_hold_state_check,
  drop constraint exchanges_held_check,
  drop constraint exchanges_pending_while_open,
  drop constraint exchanges_hold_ends_once,
  drop constraint exchanges_imported_without_hold,
  drop constraint exchanges_hold_has_deadline,
  drop constraint exchanges_capture_has_reply,
  drop constraint exchanges_capture_within_hold,
  drop constraint exchanges_taken_beyond_hold,
  drop constraint exchanges_begin_a_conversation,
  drop constraint exchanges_one_kind_of_price,
  drop constraint exchanges_erased_without_texts,
  add constraint exchanges_consistent check (exchange_is_consistent(
    status, hold_state, held, hold_deadline, ended_at, captured, taken, uncollected, conversation_id, begins_conversation,
    price_per_message, price_per_1k_input, price_per_1k_output, erased, message, reply, tool_calls, request_fingerprint)) not valid;
