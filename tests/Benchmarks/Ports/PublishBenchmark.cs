using System.Globalization;
using Net.Cnm.DesiredState;
using Net.Tests.TestKit;

namespace Net.Tests.Benchmarks.Ports;

/// <summary>
/// Publishing 1 to 1000 single ports in one change, held sockets included, and taking them back; beside it the field's program putting in
/// the same rules:
/// <c>nft -f</c> and <c>iptables-restore</c>.
/// </summary>
internal static class PublishBenchmark
{
    private const int FirstPort = 20000;
    private static readonly int[] Sizes = [1, 10, 100, 1000];

    /// <summary>Prints a line a backend and size.</summary>
    public static int Run(int rounds)
    {
        foreach (string name in BenchBackend.Names)
        {
            foreach (int size in Sizes)
            {
                Print(name, size, rounds);
            }
        }

        return 0;
    }

    private static void Print(string name, int size, int rounds)
    {
        var ours = new Samples();
        var back = new Samples();
        var program = new Samples();
        var programBack = new Samples();
        BenchBackend.Run(name, (_, backend) =>
        {
            IReadOnlyList<DesiredObject> ports = BenchPort.Many(FirstPort, size);
            FieldProgram rules = name == "nftables" ? FieldProgram.Nft(FirstPort, size) : FieldProgram.Iptables(FirstPort, size);
            Command.Run("sh", "-ec", rules.Make);
            for (int round = 0; round < rounds; round++)
            {
                ours.Time(() => backend.Add(ports));
                back.Time(() => backend.Remove(ports));
                program.Time(() => rules.Run(rules.Add));
                programBack.Time(() => rules.Run(rules.Remove));
            }
        });
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"publish: {name}, {size} ports: added in {ours.Median:F0} us, removed in {back.Median:F0} us; " +
            $"{(name == "nftables" ? "nft -f" : "iptables-restore")} {program.Median:F0} us and {programBack.Median:F0} us; ratios " +
            $"{ours.Median / program.Median:F2} and {back.Median / programBack.Median:F2}"));
    }
}
