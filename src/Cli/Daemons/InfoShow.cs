using System.CommandLine;
using Net.Api;
using Net.Api.Daemons;
using Net.Cli.CommandLines;
using Net.Cli.Formats;
using Net.Cli.Templates;

namespace Net.Cli.Daemons;

/// <summary><c>netctl info</c>: the daemon's settings and the number of its objects, one line each.</summary>
internal sealed class InfoShow : Verb
{
    private readonly Option<string?> _format = Flags.One(
        "--format", "-f", "FORMAT", "json, or a Go template such as '{{.FirewallBackend.Driver}}'");

    public InfoShow()
        : base("info", "Show what the daemon is and what it has made") => Add(_format);

    public override IReadOnlyList<ExitStatus> ExitStatuses => ExitStatus.Usual;

    public override string Example => "netctl info -f '{{.FirewallBackend.Driver}}'";

    public override async Task<int> RunAsync(ParseResult parsed, VerbContext context, CancellationToken cancellationToken)
    {
        string? text = parsed.GetValue(_format);
        var format = InspectFormat.Parse(text);
        SystemInfo info = await context.Api.GetInfoAsync(cancellationToken);
        if (!string.IsNullOrEmpty(text))
        {
            context.Output.Write(format.Render([TemplateDocument.Of(info, ApiJson.Wire.SystemInfo)]));
            return 0;
        }

        foreach ((string name, string value) in Lines(info))
        {
            context.Output.WriteLine($"{name}: {value}");
        }

        return 0;
    }

    private static IEnumerable<(string Name, string Value)> Lines(SystemInfo info)
    {
        yield return ("Name", info.Name);
        yield return ("Server Version", info.ServerVersion);
        yield return ("Containers", $"{info.Containers}");
        yield return (" Running", $"{info.ContainersRunning}");
        yield return (" Paused", $"{info.ContainersPaused}");
        yield return (" Stopped", $"{info.ContainersStopped}");
        yield return ("Networks", $"{info.Networks}");
        if (info.FirewallBackend is { } firewall)
        {
            yield return ("Firewall Backend", firewall.Driver);
            foreach (IReadOnlyList<string> pair in firewall.Info ?? [])
            {
                yield return ($" {pair[0]}", string.Join(' ', pair.Skip(1)));
            }
        }

        yield return ("Kernel Version", info.KernelVersion);
        yield return ("Operating System", info.OperatingSystem);
        yield return ("OSType", info.OSType);
        yield return ("Architecture", info.Architecture);
        yield return ("Root Dir", info.DockerRootDir);
    }
}
