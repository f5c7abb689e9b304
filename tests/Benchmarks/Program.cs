using Net.Tests.Benchmarks;
using Net.Tests.Benchmarks.Dns;
using Net.Tests.Benchmarks.Operations;
using Net.Tests.Benchmarks.Ports;
using Net.Tests.Benchmarks.Shims;

// Benchmarks are chosen by name; see README.md beside this file.
switch (args)
{
    case ["endpoints", .. string[] rest]:
        return EndpointBenchmark.Run(Number(rest, 0, 40), Number(rest, 1, 30));
    case ["operations", .. string[] rest]:
        return OperationBenchmark.Run(Number(rest, 0, 40), Number(rest, 1, 100));
    case ["publish", .. string[] rest]:
        return PublishBenchmark.Run(Number(rest, 0, 15));
    case ["add-port", .. string[] rest]:
        return AddPortBenchmark.Run(Number(rest, 0, 15));
    case ["connections", .. string[] rest]:
        return ConnectionBenchmark.Run(Number(rest, 0, 5), Number(rest, 1, 4000));
    case ["run", .. string[] rest]:
        return RunBenchmark.Run(Number(rest, 0, 1000), Number(rest, 1, 5));
    case ["shims", .. string[] rest]:
        return MemoryBenchmark.Run(Number(rest, 0, 20));
    case ["ipam", .. string[] rest]:
        return IpamBenchmark.Run(Number(rest, 0, 20));
    case ["dns-own", .. string[] rest]:
        OwnNamesBenchmark.Run(Number(rest, 0, 5), Number(rest, 1, 5));
        return 0;
    case ["dns-forward", .. string[] rest]:
        ForwardingBenchmark.Run(Number(rest, 0, 5), Number(rest, 1, 5));
        return 0;
    case ["dns-latency", .. string[] rest]:
        LatencyBenchmark.Run(Number(rest, 0, 5));
        return 0;
    case ["dns-many", .. string[] rest]:
        ManyContainersBenchmark.Run(Number(rest, 0, 1000), Number(rest, 1, 5));
        return 0;
    case ["dns-memory", .. string[] rest]:
        EnduranceBenchmark.Run(Number(rest, 0, 10_000_000));
        return 0;
    default:
        Console.Error.WriteLine(
            "Usage: Net.Tests.Benchmarks endpoints [ENDPOINTS [ROUNDS]] | operations [ROUNDS [OTHERS]] | publish [ROUNDS] " +
            "| add-port [ROUNDS] | connections [ROUNDS [CONNECTIONS]] | run [PORTS [ROUNDS]] | shims [CONTAINERS] | ipam [ROUNDS]\n"
            + "  | dns-own [SECONDS [ROUNDS]] | dns-forward [SECONDS [ROUNDS]] | dns-latency [SECONDS] | dns-many [CONTAINERS [ROUNDS]] " +
                "| dns-memory [QUESTIONS]");
        return 2;
}

static int Number(string[] words, int at, int otherwise) =>
    words.Length > at ? int.Parse(words[at], System.Globalization.CultureInfo.InvariantCulture) : otherwise;
