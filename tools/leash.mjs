// Loaded before every program that launch.mjs runs: the channel to launch.mjs closes when that is killed, and the program then ends in order.
if (process.channel) {
  process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'))
  process.channel.unref()
}
// Programs started from here have no such channel; they must not look for one.
delete process.env.NODE_CHANNEL_FD
