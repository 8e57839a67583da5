-- The latest moment that a data cut was made at. What is written afterwards bears a later moment, so that the cut stays as it is.
CREATE TABLE closed_cuts (
    id    SMALLINT PRIMARY KEY CHECK (id = 1),
    until BIGINT NOT NULL
);
INSERT INTO closed_cuts (id, until) VALUES (1, -9223372036854775808);
