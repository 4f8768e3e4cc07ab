// The statements of version 0.1 on credits, word for word. A server of that version goes on running them while a new one
// migrates the database and serves beside it.

export const lastMigration = 19;

export const insertAccount = `
  with created as (
    insert into users (id, username, username_key, email, email_key, password_hash, role)
    values ($1, $2, $3, $4, $5, $6, $7)
    returning id, username, email, email_verified, role, status, created_at
  ), opened as (
    insert into balances (user_id, balance) select id, $9::bigint from created
  ), granted as (
    insert into entries (user_id, id, kind, amount, balance_after, reason)
    select id, $8::uuid, 'grant', $9::bigint, $9::bigint, 'Opening grant' from created where $9::bigint > 0
  )
  select * from created`;

export const reserve = `
  with claim as (
    update balances set balance = balance - $6
    where user_id = $1
      and balance >= $6 and closed_at is null
      and not exists (select 1 from exchanges where user_id = $1 and idempotency_key = $8)
    returning balance
  ), created as (
    insert into conversations (user_id, id, title, last_exchange_id)
    select $1, $3::uuid, $13, $2::uuid from claim where $13::text is not null
  )
  insert into exchanges (user_id, id, conversation_id, begins_conversation, model, message, held, hold_deadline,
    idempotency_key, request_fingerprint, price_per_message, price_per_1k_input, price_per_1k_output)
  select $1, $2::uuid, $3::uuid, $13::text is not null, $4, $5, $6::bigint, now() + $7::bigint * interval '1 millisecond',
    $8, $9, $10::bigint, $11::bigint, $12::bigint from claim
  returning created_at, (select balance from claim) as balance`;

export const reserveBatch = `
  with requested as materialized (
    select * from json_to_recordset($1) as requested (
      user_id uuid, id uuid, conversation_id uuid, title text, model text, message text, held bigint, lease_ms bigint,
      idempotency_key text, fingerprint text, per_message bigint, per_1k_input bigint,
      per_1k_output bigint)
    limit json_array_length($1)
  ), locked as materialized (
    select b.user_id from balances b join requested r on r.user_id = b.user_id for update of b skip locked
  ), claim as (
    update balances b set balance = b.balance - r.held
    from requested r join locked l on l.user_id = r.user_id
    where b.user_id = r.user_id and b.balance >= r.held and b.closed_at is null
      and not exists (
        select 1 from exchanges e where e.user_id = r.user_id and e.idempotency_key = r.idempotency_key)
    returning b.user_id, b.balance
  ), created as (
    insert into conversations (user_id, id, title, last_exchange_id)
    select r.user_id, r.conversation_id, r.title, r.id from requested r join claim c on c.user_id = r.user_id
    where r.title is not null
  )
  insert into exchanges (user_id, id, conversation_id, begins_conversation, model, message, held, hold_deadline,
    idempotency_key, request_fingerprint, price_per_message, price_per_1k_input, price_per_1k_output)
  select r.user_id, r.id, r.conversation_id, r.title is not null, r.model, r.message, r.held,
    now() + r.lease_ms * interval '1 millisecond', r.idempotency_key, r.fingerprint, r.per_message, r.per_1k_input,
    r.per_1k_output
  from requested r join claim c on c.user_id = r.user_id
  returning id, created_at, (select c.balance from claim c where c.user_id = exchanges.user_id) as balance`;

export const settle = `
  with locked as (
    select balance from balances
    where user_id = $1 and exists (select 1 from exchanges where user_id = $1 and id = $2 and held > $3)
    for update
  ), ended as (
    update exchanges e
    set status = $4, usage_input = $6, usage_output = $7, hold_state = 'captured', captured = $3,
      reply = case when e.erased then '' else $5 end,
      tool_calls = case when e.erased then null else $9::text::jsonb end,
      answered_by = $10, finish_reason = $11,
      balance_after = coalesce((select balance from locked), b.balance) + e.held - $3, ended_at = now()
    from balances b
    where e.user_id = $1 and e.id = $2 and e.hold_state = 'open' and e.hold_deadline > now() and b.user_id = $1
    returning e.held, e.balance_after
  ), refunded as (
    update balances set balance = balance + ended.held - $3 from ended where user_id = $1 and ended.held > $3
  )
  insert into entries (user_id, id, kind, amount, balance_after, exchange_id)
  select $1, $8::uuid, 'charge', -$3::bigint, ended.balance_after, $2 from ended
  returning balance_after`;

export const settleBatch = `
  with requested as materialized (
    select * from json_to_recordset($1) as requested (
      user_id uuid, id uuid, capture bigint, status text, reply text, usage_input bigint, usage_output bigint,
      entry_id uuid, tool_calls jsonb, answered_by text, finish_reason text)
    limit json_array_length($1)
  ), locked as materialized (
    select b.user_id, b.balance
    from requested r
      cross join lateral (
        select 1 from exchanges e where e.user_id = r.user_id and e.id = r.id and e.held > r.capture offset 0) e
      cross join lateral (select * from balances b where b.user_id = r.user_id for update skip locked) b
  ), free as materialized (
    select r.user_id, l.balance, e.row_id
    from requested r left join locked l on l.user_id = r.user_id
      cross join lateral (
        select e.ctid as row_id from exchanges e
        where e.user_id = r.user_id and e.id = r.id and e.hold_state = 'open' and e.hold_deadline > now()
          and (e.held <= r.capture or l.user_id is not null)
        for no key update skip locked) e
  ), ended as (
    update exchanges e
    set status = r.status, usage_input = r.usage_input, usage_output = r.usage_output, hold_state = 'captured',
      captured = r.capture, reply = case when e.erased then '' else r.reply end,
      tool_calls = case when e.erased then null else r.tool_calls end,
      answered_by = r.answered_by, finish_reason = r.finish_reason,
      balance_after = coalesce(f.balance, b.balance) + e.held - r.capture, ended_at = now()
    from requested r join free f on f.user_id = r.user_id join balances b on b.user_id = r.user_id
    where e.user_id = r.user_id and e.ctid = f.row_id
    returning e.user_id, e.id, e.held - r.capture as rest, e.balance_after
  ), refunded as (
    update balances b set balance = b.balance + ended.rest from ended where b.user_id = ended.user_id and ended.rest > 0
  )
  insert into entries (user_id, id, kind, amount, balance_after, exchange_id)
  select r.user_id, r.entry_id, 'charge', -r.capture, ended.balance_after, r.id
  from requested r join ended on ended.user_id = r.user_id
  returning exchange_id, balance_after`;

export const release = `
  with locked as (
    select user_id from balances where user_id = $1 for update
  ), ended as (
    update exchanges e
    set status = $3, failure = $4, hold_state = 'released', idempotency_key = null, ended_at = now(),
      reply = case when e.erased or $5::text is null then e.reply else $5 end,
      tool_calls = case when e.erased or $5::text is null then e.tool_calls else $6::jsonb end
    from locked
    where e.user_id = $1 and e.id = $2 and e.hold_state = 'open'
    returning e.held
  )
  update balances set balance = balance + ended.held from ended where user_id = $1
  returning balance`;

export const expire = `
  with locked as (
    select user_id from balances where user_id = $1 for update
  ), ended as (
    update exchanges e
    set status = 'failed', hold_state = 'expired', idempotency_key = null, ended_at = now()
    from locked
    where e.user_id = $1 and e.id = $2 and e.hold_state = 'open' and ($3 or e.hold_deadline <= now())
    returning e.held
  )
  update balances set balance = balance + ended.held from ended where user_id = $1
  returning balance`;

export const dueHolds = `
  select user_id, id from exchanges
  where hold_state = 'open' and ($1 or hold_deadline <= now())
  order by hold_deadline limit $2`;

export const renew = `
  update exchanges set hold_deadline = now() + $3::bigint * interval '1 millisecond'
  where user_id = $1 and id = $2 and hold_state = 'open' and hold_deadline > now()
  returning id`;

export const readBalance = `
  select balance,
    (select coalesce(sum(held), 0)::bigint from exchanges where user_id = $1 and hold_state = 'open') as held
  from balances where user_id = $1`;

export const lockBalance = `select balance from balances where user_id = $1 and closed_at is null for update`;

export const post = `
  with moved as (
    update balances set balance = balance + $4
    where user_id = $1
      and balance + $4::bigint >= 0
      and $4::bigint::numeric + balance
        + (select coalesce(sum(held), 0) from exchanges where user_id = $1 and hold_state = 'open') <= $6::bigint
    returning balance
  )
  insert into entries (user_id, id, kind, amount, balance_after, reason, idempotency_key)
  select $1, $2, $3, $4, balance, $5, $7 from moved
  returning user_id, id, kind, amount, balance_after, exchange_id, reason, created_at`;
