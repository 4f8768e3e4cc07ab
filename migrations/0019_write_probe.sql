-- Whether the database takes writes: the readiness check of a server calls it. A new file is allocated each time, so that a
-- full disk shows even if nothing else is written. Whoever holds the table, a dump for instance, is not waited for.
create table write_probes (written_at timestamptz not null);

create function probe_write() returns void language plpgsql set search_path from current as $$
begin
  lock table write_probes in access exclusive mode nowait;
  truncate write_probes;
  insert into write_probes values (now());
exception when lock_not_available then
  null;
end
$$;
