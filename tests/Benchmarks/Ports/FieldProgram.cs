using System.Globalization;
using Net.Tests.TestKit;

namespace Net.Tests.Benchmarks.Ports;

/// <summary>The same ports by the field's own program, in a table or chain of the bench.</summary>
/// <param name="Command">The program and its flags.</param>
/// <param name="Make">The shell command that makes table or chain.</param>
/// <param name="Add">What is read from standard input to add the ports.</param>
/// <param name="Remove">And to remove them.</param>
internal sealed record FieldProgram(string[] Command, string Make, string Add, string Remove)
{
    /// <summary><c>nft -f</c>, elements of a map.</summary>
    public static FieldProgram Nft(int first, int count)
    {
        string keys(string value) =>
            string.Join(
                ", ", Enumerable.Range(first, count).Select(port => string.Create(CultureInfo.InvariantCulture, $"tcp . {port}{value}")));
        return new FieldProgram(
            ["nft", "-f", "-"],
            "nft 'add table ip bench; add map ip bench published { type inet_proto . inet_service : ipv4_addr . inet_service; }'",
            $"add element ip bench published {{ {keys($" : {BenchPort.Container} . {BenchPort.ContainerPort}")} }}\n",
            $"delete element ip bench published {{ {keys("")} }}\n");
    }

    /// <summary><c>iptables-restore</c>, rules of a chain.</summary>
    public static FieldProgram Iptables(int first, int count)
    {
        string rules(string verb) => "*nat\n" + string.Concat(Enumerable.Range(first, count).Select(port => string.Create(
            CultureInfo.InvariantCulture,
            $"{verb} BENCH -p tcp --dport {port} -j DNAT --to-destination " +
            $"{BenchPort.Container}:{BenchPort.ContainerPort}\n"))) + "COMMIT\n";
        return new FieldProgram(["iptables-restore", "--noflush"], "iptables -t nat -N BENCH", rules("-A"), rules("-D"));
    }

    /// <summary>Runs the program on such a text.</summary>
    public void Run(string input)
    {
        CommandResult result = TestKit.Command.RunWithInput(input, Command[0], Command[1..]);
        if (result.ExitCode != 0)
        {
            throw new InvalidOperationException($"{Command[0]}: {result.Error}");
        }
    }
}
