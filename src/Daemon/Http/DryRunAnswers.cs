using Net.Api;
using Net.Api.Daemons;

namespace Net.Daemon.Http;

/// <summary>The answer to <c>dryRun=1</c>.</summary>
internal static class DryRunAnswers
{
    public static Task WriteCommandsAsync(this HttpContext context, IReadOnlyList<string> commands) =>
        context.WriteJsonAsync(new DryRunResponse { Commands = commands }, ApiJson.Wire.DryRunResponse);
}
