using System.Globalization;
using System.Text;
using Net.Cnm.DesiredState;
using Net.Tests.TestKit;

namespace Net.Tests.Benchmarks.Ports;

/// <summary>
/// Publishing 1 to 1000 single ports in one change, held sockets included, and taking them back; beside it the field's program putting in the same rules:
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
        BenchBackend.Run(name, (_, backend) =>
        {
            IReadOnlyList<DesiredObject> ports = BenchPort.Many(FirstPort, size);
            (string make, string apply) = name == "nftables" ? NftScript(size) : IptablesScript(size);
            string clear = name == "nftables" ? "nft flush map ip bench published" : "iptables -t nat -F BENCH";
            Command.Run("sh", "-ec", make);
            for (int round = 0; round < rounds; round++)
            {
                ours.Time(() => backend.Add(ports));
                back.Time(() => backend.Remove(ports));
                program.Time(() => Command.RunWithInput(apply, name == "nftables" ? "nft" : "iptables-restore", name == "nftables" ? ["-f", "-"] : ["--noflush"]));
                Command.Run(clear);
            }
        });
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"publish: {name}, {size} ports: added in {ours.Median:F0} us, removed in {back.Median:F0} us; {(name == "nftables" ? "nft -f" : "iptables-restore")} {program.Median:F0} us; ratio {ours.Median / program.Median:F2}"));
    }

    private static (string Make, string Apply) NftScript(int size)
    {
        var text = new StringBuilder("add element ip bench published {");
        for (int port = FirstPort; port < FirstPort + size; port++)
        {
            text.Append(CultureInfo.InvariantCulture, $" tcp . {port} : {BenchPort.Container} . {BenchPort.ContainerPort},");
        }

        return ("nft 'add table ip bench; add map ip bench published { type inet_proto . inet_service : ipv4_addr . inet_service; }'", text.Append("}\n").ToString());
    }

    private static (string Make, string Apply) IptablesScript(int size)
    {
        var text = new StringBuilder("*nat\n");
        for (int port = FirstPort; port < FirstPort + size; port++)
        {
            text.Append(CultureInfo.InvariantCulture, $"-A BENCH -p tcp --dport {port} -j DNAT --to-destination {BenchPort.Container}:{BenchPort.ContainerPort}\n");
        }

        return ("iptables -t nat -N BENCH", text.Append("COMMIT\n").ToString());
    }
}
