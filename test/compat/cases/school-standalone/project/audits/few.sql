AUDIT (name few_marks, standalone TRUE, owner 'head', depends_on [school.pupils]);
SELECT * FROM school.pupils WHERE mark IS NULL AND @execution_ds > '2024-01-01';
