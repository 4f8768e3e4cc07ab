-- What was spent in a window, or in all, can exceed the most credits that an account has at one time.
alter table cap_counters
  drop constraint cap_counters_counted_check,
  add constraint cap_counters_counted_check check (counted >= 0) not valid;
