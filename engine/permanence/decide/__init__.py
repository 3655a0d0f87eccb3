"""Facts become decisions: conditions, cases, and durable-rules asked once per distinct case."""
