using System.CommandLine;
using Net.Cli.CommandLines;

namespace Net.Cli.Containers;

/// <summary>The options of a container's own lines of /etc/hosts and kernel settings.</summary>
internal sealed class HostFlags
{
    private readonly Option<string[]> _hosts = Flags.Many(
        "--add-host", null, "HOST:IP", "Line of /etc/hosts; host-gateway stands for the host's address");

    private readonly Option<string[]> _sysctls = Flags.Many(
        "--sysctl", null, "KEY=VALUE", "Kernel setting of the container's network namespace, net.*");

    public void AddTo(Command command)
    {
        command.Add(_hosts);
        command.Add(_sysctls);
    }

    /// <summary>The lines of /etc/hosts as given; null for none.</summary>
    public IReadOnlyList<string>? HostsOf(ParseResult parsed) => parsed.GetValue(_hosts) is { Length: > 0 } hosts ? hosts : null;

    /// <summary>The settings; null for none.</summary>
    public IReadOnlyDictionary<string, string>? SysctlsOf(ParseResult parsed) =>
        parsed.GetValue(_sysctls) is { Length: > 0 } settings ? KeyValues.Of(settings) : null;
}
