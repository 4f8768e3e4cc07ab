-- What a conversation has of its own: `model`, `systemPrompt` and `temperature`, those of them that are set; null for none.
-- Servers of the version before go on working: each new column may be null.
alter table conversations
  add column settings jsonb,
  add column pinned_at timestamptz;

create index conversations_pinned on conversations (user_id, last_exchange_id) where pinned_at is not null;
