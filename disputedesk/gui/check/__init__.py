"""The room *Check*: a link, a message or a payment looked at before anything is pressed."""
