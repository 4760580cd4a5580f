"""What is sent and had: a module for each resource. Each field has a description and an example."""
