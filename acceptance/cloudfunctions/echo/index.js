// Answers what it was given, and who it was told calls.
exports.main = async (event, context) => ({
  event,
  context,
  who: Object.fromEntries(Object.entries(process.env).filter(([name]) => /^(WX_(?!API_TOKEN|TRIGGER)|TCB_(ENV|SOURCE)|TRIGGER_SRC)/.test(name))),
})
