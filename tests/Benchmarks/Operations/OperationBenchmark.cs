using System.Globalization;
using Net.Tests.TestKit;

namespace Net.Tests.Benchmarks.Operations;

/// <summary>Whole operations of the native daemon, through its socket: alone, and beside many others; and what the kernel's own part of
/// an endpoint takes a C program.</summary>
internal static class OperationBenchmark
{
    /// <summary>Prints the medians in microseconds and their ratios.</summary>
    /// <param name="rounds">How often each operation is done.</param>
    /// <param name="others">How many endpoints the network has, and how many networks there are, when it is done again.</param>
    public static int Run(int rounds, int others)
    {
        double floor = EndpointBenchmark.MeasureFloor(Math.Min(rounds, 40), 5);
        HostNamespace.Run(host =>
        {
            using var daemon = new BenchDaemon(host);
            daemon.Netctl("network", "create", "home");
            daemon.Netctl("network", "create", "other");
            daemon.Netctl("run", "-d", "--name", "c", "--network", "home", "sleep", "1000");
            Measure(daemon, 3);
            Operation[] alone = Measure(daemon, rounds);
            for (int i = 0; i < others; i++)
            {
                daemon.Ask(HttpMethod.Post, "/networks/create", Text($$"""{"Name":"n{{i}}"}"""));
                daemon.Netctl("run", "-d", "--network", "other", "sleep", "1000");
            }

            Operation[] crowded = Measure(daemon, rounds);
            Console.WriteLine(Text($"operations: {"",-16}{"alone",8} {"over C",7} {Text($"beside {others}"),11} {"ratio",6}"));
            foreach ((Operation first, Operation last) in alone.Zip(crowded))
            {
                double time = first.Times.Median;
                double beside = last.Times.Median;
                Console.WriteLine(
                    Text($"            {first.Name,-16}{time,8:F0} {time / floor,7:F2} {beside,11:F0} {beside / time,6:F2}"));
            }

            Console.WriteLine(Text($"            us, medians of {rounds}; C needs {floor:F0} us for an endpoint and its namespace"));
        });
        return 0;
    }

    private static Operation[] Measure(BenchDaemon daemon, int rounds)
    {
        Operation[] operations =
        [
            new("connect", () => daemon.Ask(HttpMethod.Post, "/networks/other/connect", """{"Container":"c"}""")),
            new("disconnect", () => daemon.Ask(HttpMethod.Post, "/networks/other/disconnect", """{"Container":"c"}""")),
            new("network create", () => daemon.Ask(HttpMethod.Post, "/networks/create", """{"Name":"made"}""")),
            new("network rm", () => daemon.Ask(HttpMethod.Delete, "/networks/made")),
            new("network inspect", () => daemon.Ask(HttpMethod.Get, "/networks/home")),
        ];
        for (int round = 0; round < rounds; round++)
        {
            foreach (Operation operation in operations)
            {
                operation.Times.Time(operation.Do);
                Thread.Sleep(5); // nobody waits for what is done after the answer
            }
        }

        return operations;
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private sealed record Operation(string Name, Action Do)
    {
        public Samples Times { get; } = new();
    }
}
