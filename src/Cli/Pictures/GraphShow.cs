using System.CommandLine;
using System.Threading.Channels;
using Net.Api.Clients;
using Net.Api.Events;
using Net.Api.Texts;
using Net.Cli.CommandLines;
using Net.Labs.Pictures;
using Net.Labs.Pictures.Parts;
using Net.Linux.Terminals;

namespace Net.Cli.Pictures;

/// <summary><c>netctl graph</c>: draws hosts, networks and containers as they are now.</summary>
internal sealed class GraphShow : Verb
{
    private const int Columns = 100; // where there is no terminal
    private static readonly TimeSpan Burst = TimeSpan.FromMilliseconds(200); // what happens within it is drawn once

    private readonly Option<string?> _format = Flags.One(
        "--format", null, "PICTURE", "dot, json, mermaid, svg or text; text when not given");
    private readonly Option<bool> _watch = Flags.Switch(
        "--watch", "-w", "Draw anew when a network or container changes; a terminal is cleared, elsewhere an empty line is between two");

    public GraphShow()
        : base("graph",
            "Draw networks, containers, addresses and ports as they are now\n"
            + "svg is a drawing for browsers and documents, dot is for Graphviz, mermaid for Markdown, json for programs.")
    {
        Add(_format);
        Add(_watch);
    }

    public override IReadOnlyList<ExitStatus> ExitStatuses => ExitStatus.Usual;

    public override string Example =>
        "netctl graph\n"
        + "netctl graph --format svg\n"
        + "netctl graph --watch";

    public override async Task<int> RunAsync(ParseResult parsed, VerbContext context, CancellationToken cancellationToken)
    {
        string format = parsed.GetValue(_format) ?? PictureFormats.Text;
        if (!PictureFormats.Names.Contains(format))
        {
            throw PictureFormats.Unknown(format);
        }

        if (!parsed.GetValue(_watch))
        {
            context.Output.Write(await DrawAsync(context, format, cancellationToken));
            return 0;
        }

        await WatchAsync(context, format, cancellationToken);
        throw new DaemonUnreachableException(
            $"the netctl daemon at {context.Api.Address} has ended: start it again, and the picture with it");
    }

    private static async Task WatchAsync(VerbContext context, string format, CancellationToken cancellationToken)
    {
        // Events are told from a moment before the first picture on, so that none falls between.
        string since = Moment.UnixSeconds(context.Time.GetUtcNow());
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var changes = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
        string drawn = await DrawAsync(context, format, cancellationToken);
        Show(context.Output, drawn, isFirst: true);
        Task following = FollowAsync(context.Api, since, changes.Writer, ended.Token);
        try
        {
            while (await changes.Reader.WaitToReadAsync(cancellationToken))
            {
                await Task.Delay(Burst, context.Time, cancellationToken);
                changes.Reader.TryRead(out _);
                string next = await DrawAsync(context, format, cancellationToken);
                if (next != drawn)
                {
                    drawn = next;
                    Show(context.Output, drawn, isFirst: false);
                }
            }
        }
        finally
        {
            await ended.CancelAsync();
            await following.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    // Its own error, such as a daemon that is gone, is the channel's.
    private static async Task FollowAsync(IApiClient api, string since, ChannelWriter<bool> changes, CancellationToken cancellationToken)
    {
        try
        {
            var all = new Dictionary<string, IReadOnlyList<string>>();
            await foreach (EventMessage happened in api.FollowEventsAsync(since, until: null, all, cancellationToken))
            {
                if (IsOfInterest(happened))
                {
                    changes.TryWrite(true);
                }
            }

            changes.Complete();
        }
        catch (Exception error)
        {
            changes.Complete(error);
        }
    }

    private static bool IsOfInterest(EventMessage happened) => happened.Type is "network" or "container"
        && !happened.Action.StartsWith("exec_", StringComparison.Ordinal)
        && happened.Action is not ("attach" or "detach" or "resize" or "top");

    private static async Task<string> DrawAsync(VerbContext context, string format, CancellationToken cancellationToken)
    {
        PicturedHost host = await new PictureReader(context.Api).ReadHostAsync(cancellationToken);
        using var output = StandardStream.OpenOutput();
        int columns = TerminalMode.SizeOf(output.Descriptor)?.Columns ?? Columns;
        return PictureFormats.Draw(new Picture { Hosts = [host] }, format, columns);
    }

    // The writer of all text escapes what a terminal obeys, so that this goes past it: home, erase the display (ECMA-48, CUP and ED).
    private static void Show(TextWriter output, string drawn, bool isFirst)
    {
        using var terminal = StandardStream.OpenOutput();
        if (TerminalMode.IsTerminal(terminal.Descriptor))
        {
            terminal.Write("\x1b[H\x1b[2J"u8);
        }
        else if (!isFirst)
        {
            output.Write("\n");
        }

        output.Write(drawn);
    }
}
