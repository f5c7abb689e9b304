using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Hosting;
using Net.Api;
using Net.Api.Streams;
using Net.Cnm.Errors;
using Net.Cnm.Processes;

namespace Net.Daemon.Http.RawStreams;

/// <summary>What the routes for Docker's raw and multiplexed streams have in common.</summary>
internal static class RawAnswers
{
    /// <summary>The media type of a command's output: from version 1.42 of the API on it tells frames from the bytes of a
    /// terminal.</summary>
    public static string MediaTypeOf(HttpContext context, bool terminal) => terminal || !VersionPrefix.Expects(context, "1.42")
        ? ApiPaths.RawStreamMediaType
        : ApiPaths.MultiplexedStreamMediaType;

    /// <summary>Takes the connection of a request from the web server: status 101 for a client that asks for an upgrade, else
    /// 200.</summary>
    /// <param name="context">The request, whose body has been read.</param>
    /// <param name="terminal">Whether the command has a terminal.</param>
    public static ValueTask<RawConnection> TakeConnectionAsync(this HttpContext context, bool terminal)
    {
        bool upgrades = context.Request.Headers.Upgrade.Count > 0;
        var head = new StringBuilder(upgrades ? "HTTP/1.1 101 UPGRADED\r\n" : "HTTP/1.1 200 OK\r\n");
        head.Append(CultureInfo.InvariantCulture, $"Content-Type: {MediaTypeOf(context, terminal)}\r\n");
        if (upgrades)
        {
            head.Append("Connection: Upgrade\r\nUpgrade: tcp\r\n");
        }

        foreach ((string name, string value) in EngineHeaders.All)
        {
            head.Append(CultureInfo.InvariantCulture, $"{name}: {value}\r\n");
        }

        return context.Features.GetRequiredFeature<ConnectionTakeover>().TakeAsync(Encoding.ASCII.GetBytes(head.Append("\r\n").ToString()));
    }

    /// <summary>Ends when the daemon stops: then its connections are closed.</summary>
    public static CancellationToken Stopping(this HttpContext context) =>
        context.RequestServices.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;

    /// <summary>Parses the keys by which a client leaves a command.</summary>
    /// <exception cref="CnmException">InvalidParameter: they are not in Docker's syntax.</exception>
    public static DetachKeys KeysOf(string? text)
    {
        try
        {
            return DetachKeys.Parse(text);
        }
        catch (FormatException error)
        {
            throw new CnmException(CnmErrorKind.InvalidParameter, error.Message, error);
        }
    }

    /// <summary>The size of a terminal in the query of a request.</summary>
    /// <exception cref="CnmException">InvalidParameter: it is no size.</exception>
    public static TerminalSize SizeOf(HttpContext context)
    {
        return new TerminalSize(Number(ApiPaths.HeightQuery), Number(ApiPaths.WidthQuery));

        ushort Number(string name) =>
            ushort.TryParse(context.Parameter(name), NumberStyles.None, CultureInfo.InvariantCulture, out ushort number)
                ? number
                : throw new CnmException(
                    CnmErrorKind.InvalidParameter,
                    $"invalid size of a terminal: {name}=\"{context.Parameter(name)}\"; give h=ROWS and w=COLUMNS, whole numbers");
    }
}
