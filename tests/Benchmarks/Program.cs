using Net.Tests.Benchmarks;

// Benchmarks are chosen by name; see README.md beside this file.
switch (args)
{
    case ["endpoints", .. string[] rest]:
        return EndpointBenchmark.Run(Number(rest, 0, 40), Number(rest, 1, 30));
    case ["port", .. string[] rest]:
        return PortBenchmark.Run(Number(rest, 0, 100));
    default:
        Console.Error.WriteLine("Usage: Net.Tests.Benchmarks endpoints [ENDPOINTS [ROUNDS]] | port [PORTS]");
        return 2;
}

static int Number(string[] words, int at, int otherwise) =>
    words.Length > at ? int.Parse(words[at], System.Globalization.CultureInfo.InvariantCulture) : otherwise;
