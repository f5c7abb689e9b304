using System.CommandLine;
using System.Runtime.InteropServices;
using Net.Api;
using Net.Api.Clients;
using Net.Api.Daemons;
using Net.Cli.CommandLines;
using Net.Cli.Formats;
using Net.Cli.Templates;

namespace Net.Cli.Daemons;

/// <summary><c>netctl version</c>: the versions of the client, and of the daemon when it answers.</summary>
internal sealed class VersionShow : Verb
{
    private readonly Option<string?> _format = Flags.One(
        "--format", "-f", "FORMAT", "json, or a Go template such as '{{.Server.Version}}'");

    private readonly Option<bool> _licenses = Flags.Switch(
        "--licenses", null, "Print the licenses of netctl and of the packages that are compiled into it");

    public VersionShow()
        : base("version", "Show the versions of netctl and of its daemon")
    {
        Add(_format);
        Add(_licenses);
    }

    public override IReadOnlyList<ExitStatus> ExitStatuses => ExitStatus.Usual;

    public override string Example =>
        "netctl version\n"
        + "netctl version -f '{{.Server.Version}}'";

    public override async Task<int> RunAsync(ParseResult parsed, VerbContext context, CancellationToken cancellationToken)
    {
        if (parsed.GetValue(_licenses))
        {
            context.Output.Write(Licenses.Text());
            return 0;
        }

        string? text = parsed.GetValue(_format);
        var format = InspectFormat.Parse(text);
        var report = new VersionReport { Client = Client() };
        DaemonUnreachableException? unreachable = null;
        try
        {
            report = report with { Server = await context.Api.GetVersionAsync(cancellationToken) };
        }
        catch (DaemonUnreachableException e)
        {
            unreachable = e;
        }

        if (!string.IsNullOrEmpty(text))
        {
            context.Output.Write(format.Render([TemplateDocument.Of(report, ApiJson.Wire.VersionReport)]));
        }
        else
        {
            Print(context.Output, "Client", report.Client);
            if (report.Server is { } server)
            {
                context.Output.WriteLine();
                Print(context.Output, "Server", server);
            }
        }

        return unreachable is null ? 0 : throw unreachable;
    }

    /// <summary>The version of netctl on one line.</summary>
    public static string Line() => $"netctl version {ProductVersion.Line}";

    private static VersionResponse Client() => new()
    {
        Version = ProductVersion.Number,
        GitCommit = ProductVersion.Commit,
        ApiVersion = ApiPaths.ApiVersion,
        MinAPIVersion = ApiPaths.MinimumApiVersion,
        Arch = RuntimeInformation.OSArchitecture switch
        {
            Architecture.X64 => "amd64",
            Architecture.Arm64 => "arm64",
            var other => other.ToString(),
        },
        KernelVersion = File.ReadAllText("/proc/sys/kernel/osrelease").Trim(),
    };

    private static void Print(TextWriter output, string who, VersionResponse version)
    {
        output.WriteLine($"{who}:");
        output.WriteLine($" Version:        {version.Version}");
        output.WriteLine($" API version:    {version.ApiVersion} (minimum version {version.MinAPIVersion})");
        output.WriteLine($" Git commit:     {version.GitCommit}".TrimEnd());
        output.WriteLine($" OS/Arch:        {version.Os}/{version.Arch}");
        output.WriteLine($" Kernel version: {version.KernelVersion}");
    }
}
