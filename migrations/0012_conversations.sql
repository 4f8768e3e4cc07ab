-- Exchanges that belong together. They are listed by their newest exchange, whose id tells when it began. No reference
-- to users: it would lock the account after the balance, and whoever erases an account locks them the other way round.
create table conversations (
  user_id uuid not null,
  id uuid not null,
  title text not null,
  last_exchange_id uuid not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (user_id, id)
);

create index conversations_by_use on conversations (user_id, last_exchange_id);

-- `model` is the one that was asked for. Exchanges from before this have no price on record.
alter table exchanges
  add column begins_conversation boolean not null default false,
  add column price_per_message bigint,
  add column price_per_1k_input bigint,
  add column price_per_1k_output bigint,
  add column answered_by text,
  add column finish_reason text,
  add column tool_calls jsonb,
  add column request_fingerprint text,
  add column erased boolean not null default false,
  add constraint exchanges_one_kind_of_price check (
    (price_per_1k_input is null) = (price_per_1k_output is null)
    and (price_per_message is null or price_per_1k_input is null)),
  add constraint exchanges_erased_without_texts check (
    not erased or (message = '' and coalesce(reply, '') = '' and tool_calls is null and request_fingerprint is null)),
  add constraint exchanges_begin_a_conversation check (not begins_conversation or conversation_id is not null);

create index exchanges_of_conversation on exchanges (user_id, conversation_id, id) where conversation_id is not null;
