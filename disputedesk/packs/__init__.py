"""Rule packs: TOML files of rules into frozen rules, their worked examples, and holiday tables."""
