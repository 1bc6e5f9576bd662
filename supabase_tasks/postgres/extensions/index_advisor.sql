-- version: 0.2.0
-- versions: 0.1.0 0.1.1
-- comment: Query index advisor
-- requires: hypopg
-- relocatable: true
@unavailable index_advisor(query text) returns table (startup_cost_before jsonb, startup_cost_after jsonb, total_cost_before jsonb, total_cost_after jsonb, index_statements text[], errors text[]);
