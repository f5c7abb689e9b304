using System.CommandLine;

namespace Net.Cli.Dns;

/// <summary><c>netctl dns</c>: the verbs for the resolver that containers reach at 127.0.0.11.</summary>
internal static class DnsNoun
{
    public static Command Create() => new("dns", "Ask the containers' resolver what it answers, and why")
    {
        new DnsQuery(),
        new DnsStats(),
        new DnsLog(),
        new DnsFlush(),
    };
}
