MODEL (name roster.now, kind FULL);
SELECT t.person, t.role, t.valid_from IS NULL AS first, c.pay FROM roster.by_col t LEFT JOIN roster.by_time_del c ON c.person = t.person AND c.vt IS NULL WHERE t.valid_to IS NULL
