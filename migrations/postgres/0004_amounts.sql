-- The numbers of an edition that are not nought, apart from the rest: the review list reads those of a whole round at once.
-- JSON: [place of the variable, millionths, whether it is kept out of totals], in the order of the instrument.
ALTER TABLE cleaning_edition ADD COLUMN amounts TEXT NOT NULL DEFAULT '[]';

ALTER TABLE cleaning_edition DISABLE TRIGGER cleaning_edition_append_only;
UPDATE cleaning_edition SET amounts = coalesce((
    SELECT jsonb_agg(
        jsonb_build_array(place - 1, value -> 'number', coalesce(value -> 'held', 'false'::jsonb)) ORDER BY place
    )
    FROM jsonb_array_elements(clean_values::jsonb) WITH ORDINALITY AS one (value, place)
    WHERE jsonb_typeof(value -> 'number') = 'number' AND value -> 'number' <> '0'::jsonb
)::text, '[]');
ALTER TABLE cleaning_edition ENABLE TRIGGER cleaning_edition_append_only;
