-- Emails are compared with their domain in ASCII (UTS 46), so that bob@bücher.example and bob@xn--bcher-kva.example are one.
-- The keys of accounts that were there before are converted: labels with other characters than ASCII by Punycode (RFC 3492).
-- Where two accounts would get one key, the one with such characters keeps its own and is found by it as before.
do $$
declare
  account record;
  label text;
  labels text[];
  input int[];
  output text;
  n int; delta int; bias int; handled int; basic int; m int; q int; k int; t int; digit int; point int;
begin
  if getdatabaseencoding() <> 'UTF8' then
    return;
  end if;
  for account in
    select id, email_key as old_key, left(email_key, length(email_key) - length(domain)) as local_part,
      replace(normalize(domain, NFKC), '。', '.') as domain
    from (select id, email_key, regexp_replace(email_key, '^.*@', '') as domain from users where email_key like '%@%') as keys
    where octet_length(domain) > length(domain)
  loop
    labels := '{}';
    foreach label in array string_to_array(account.domain, '.') loop
      if octet_length(label) > length(label) then
        input := array(select ascii(c) from regexp_split_to_table(label, '') as c);
        output := (select coalesce(string_agg(chr(c), '' order by place), '')
          from unnest(input) with ordinality as points (c, place) where c < 128);
        basic := length(output);
        handled := basic;
        if basic > 0 then
          output := output || '-';
        end if;
        n := 128;
        delta := 0;
        bias := 72;
        while handled < cardinality(input) loop
          m := (select min(c) from unnest(input) as c where c >= n);
          delta := delta + (m - n) * (handled + 1);
          n := m;
          foreach point in array input loop
            if point < n then
              delta := delta + 1;
            elsif point = n then
              q := delta;
              k := 36;
              loop
                t := greatest(1, least(26, k - bias));
                exit when q < t;
                digit := t + (q - t) % (36 - t);
                output := output || substr('abcdefghijklmnopqrstuvwxyz0123456789', digit + 1, 1);
                q := (q - t) / (36 - t);
                k := k + 36;
              end loop;
              output := output || substr('abcdefghijklmnopqrstuvwxyz0123456789', q + 1, 1);
              delta := case when handled = basic then delta / 700 else delta / 2 end;
              handled := handled + 1;
              delta := delta + delta / handled;
              k := 0;
              while delta > 455 loop
                delta := delta / 35;
                k := k + 36;
              end loop;
              bias := k + 36 * delta / (delta + 38);
              delta := 0;
            end if;
          end loop;
          delta := delta + 1;
          n := n + 1;
        end loop;
        label := 'xn--' || output;
      end if;
      labels := labels || label;
    end loop;
    begin
      update users set email_key = account.local_part || array_to_string(labels, '.') where id = account.id;
      -- Links that were sent before go on working.
      update one_time_tokens set email_key = account.local_part || array_to_string(labels, '.')
      where user_id = account.id and email_key = account.old_key;
    exception when unique_violation then
      null;
    end;
  end loop;
end
$$;
