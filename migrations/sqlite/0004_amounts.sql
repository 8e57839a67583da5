-- The numbers of an edition that are not nought, apart from the rest: the review list reads those of a whole round at once.
-- JSON: [place of the variable, millionths, whether it is kept out of totals], in the order of the instrument.
ALTER TABLE cleaning_edition ADD COLUMN amounts TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(amounts));

DROP TRIGGER cleaning_edition_no_update;
UPDATE cleaning_edition SET amounts = (
    SELECT json_group_array(json_array(place, number, json(held))) FROM (
        SELECT key AS place, json_extract(value, '$.number') AS number,
            CASE WHEN json_extract(value, '$.held') THEN 'true' ELSE 'false' END AS held
        FROM json_each(clean_values)
        WHERE json_extract(value, '$.number') <> 0
        ORDER BY key
    )
);
CREATE TRIGGER cleaning_edition_no_update BEFORE UPDATE ON cleaning_edition
BEGIN SELECT RAISE(ABORT, 'cleaning_edition is append-only'); END;
