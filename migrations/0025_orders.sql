-- Orders of packages of credits, the facts about their payments, and what accounts owe after money was paid back.
-- Servers of the version before go on working: the new column has a default, and they do not read the new tables.
-- As in 0020: if a server holds one of its tables and waits for another, this lets it pass and tries again.
do $$
begin
  loop
    begin
      perform set_config('lock_timeout', '200ms', true);
      lock table balances in access exclusive mode;
      perform set_config('lock_timeout', '0', true);
      return;
    exception when lock_not_available then
      perform pg_sleep(0.05);
    end;
  end loop;
end
$$;

-- Spent credits whose price was paid back. While it is not 0, `due_at` is in the past, so that no hold begins unnoticed.
alter table balances
  add column debt bigint not null default 0 check (debt between 0 and 9007199254740991);

-- The holds that were open when the debt arose. What they give back pays the debt; `lot_id` is the lot to take it from first.
create table debt_holds (
  user_id uuid not null,
  hold_id uuid not null,
  lot_id uuid not null,
  primary key (user_id, hold_id)
);

-- Like the ledger, these tables do not refer to users: what was paid stays on record when an account is erased.
-- `package` is the package as it was when the order was made. `refunded` is the money that was paid back, by refunds and by
-- disputes that were lost, in the smallest unit of the currency.
create table orders (
  user_id uuid not null,
  id uuid not null,
  package_id text not null,
  package jsonb not null,
  price bigint not null check (price between 1 and 9007199254740991),
  currency text not null,
  status text not null default 'open' check (status in (
    'open', 'paid', 'expired', 'partially_refunded', 'refunded', 'disputed', 'dispute_lost')),
  provider text not null,
  checkout_id text,
  checkout_url text,
  expires_at timestamptz not null,
  payment_id text,
  paid_at timestamptz,
  refunded bigint not null default 0 check (refunded between 0 and price),
  lot_id uuid,
  bonus_lot_id uuid,
  idempotency_key text,
  created_at timestamptz not null default now(),
  primary key (user_id, id),
  constraint orders_paid_once check ((paid_at is null) = (payment_id is null) and (paid_at is null) = (lot_id is null))
);

create unique index orders_idempotency_key on orders (user_id, idempotency_key) where idempotency_key is not null;
create index orders_by_package on orders (user_id, package_id);
-- A fact names only the order; administrators read the orders of all accounts.
create index orders_by_id on orders (id);
create index orders_open on orders (expires_at) where status = 'open';

-- What the provider said about payments of orders. The primary key is the mark that a fact was seen: it is written by the
-- transaction that applies the fact. `id` is the provider's id of the very thing, such as a refund; `seen_id` is a UUIDv7 of
-- our own. With a `problem`, the fact was applied to nothing. `credits` and `bonus_credits` are what was added or had to go back; of the latter, `taken` was
-- taken from the balance, `expired` had left before by itself, and `debt` was owed from then on.
create table order_facts (
  user_id uuid not null,
  order_id uuid not null,
  kind text not null check (kind in ('paid', 'refunded', 'disputed', 'dispute_won', 'dispute_lost', 'expired')),
  id text not null,
  seen_id uuid not null,
  payment_id text,
  amount bigint,
  currency text,
  problem text,
  entry_id uuid,
  bonus_entry_id uuid,
  credits bigint not null default 0 check (credits >= 0),
  bonus_credits bigint not null default 0 check (bonus_credits >= 0),
  taken bigint not null default 0 check (taken >= 0),
  expired bigint not null default 0 check (expired >= 0),
  debt bigint not null default 0 check (debt >= 0),
  occurred_at timestamptz not null,
  applied_at timestamptz not null default now(),
  primary key (user_id, order_id, kind, id)
);

create unique index order_facts_one_payment on order_facts (user_id, order_id) where kind = 'paid' and problem is null;
create unique index order_facts_one_entry on order_facts (user_id, entry_id) where entry_id is not null;
create index order_facts_with_problem on order_facts (seen_id) where problem is not null;

-- Events of the provider that were refused before they were read, such as those with a wrong signature: a row a day.
create table refused_payment_events (
  day date not null,
  reason text not null,
  id uuid not null,
  count bigint not null default 1 check (count > 0),
  first_at timestamptz not null default now(),
  last_at timestamptz not null default now(),
  primary key (day, reason)
);

-- How far the events of a provider were read.
create table payment_cursors (
  provider text primary key,
  cursor text not null,
  read_at timestamptz not null default now()
);
