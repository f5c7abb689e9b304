using System.Diagnostics;
using System.Globalization;

namespace Net.Tests.Fuzz.Dns;

/// <summary>Tries a target on hostile messages: for <c>NETCTL_FUZZ_SECONDS</c> (4 by default), or on <c>NETCTL_FUZZ_INPUTS</c> of them,
/// however long it takes.</summary>
internal static class FuzzRun
{
    /// <summary>The first seed: <c>NETCTL_FUZZ_SEED</c>, else another one in every run. A failure tells the seed of its input.</summary>
    internal static readonly ulong Seed =
        ulong.TryParse(Environment.GetEnvironmentVariable("NETCTL_FUZZ_SEED"), CultureInfo.InvariantCulture, out ulong seed)
            ? seed
            : (ulong)Random.Shared.NextInt64();

    /// <summary>Calls the target until it is enough.</summary>
    /// <param name="inputsACall">How many messages one call makes.</param>
    /// <param name="target">Takes them from the source; throws when something is wrong.</param>
    /// <returns>How many messages there were.</returns>
    internal static long Repeat(int inputsACall, Action<HostileBytes> target)
    {
        bool isCounted =
            long.TryParse(Environment.GetEnvironmentVariable("NETCTL_FUZZ_INPUTS"), CultureInfo.InvariantCulture, out long most);
        int seconds = int.TryParse(Environment.GetEnvironmentVariable("NETCTL_FUZZ_SECONDS"), CultureInfo.InvariantCulture, out int given)
            ? given
            : 4;
        var clock = Stopwatch.StartNew();
        long inputs = 0;
        for (ulong seed = Seed; isCounted ? inputs < most : clock.Elapsed.TotalSeconds < seconds; seed++)
        {
            try
            {
                target(new HostileBytes(seed * 0x9e3779b97f4a7c15));
            }
            catch (Exception error)
            {
                throw new InvalidOperationException(
                    $"Fails with NETCTL_FUZZ_SEED={seed}, input {inputs} of this run: {error.Message}", error);
            }

            inputs += inputsACall;
        }

        return inputs;
    }
}
