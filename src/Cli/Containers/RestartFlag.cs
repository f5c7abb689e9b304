using System.CommandLine;
using System.Globalization;
using Net.Api.Containers;
using Net.Cli.CommandLines;

namespace Net.Cli.Containers;

/// <summary>The option <c>--restart</c> of <c>run</c>, <c>create</c> and <c>update</c>.</summary>
internal sealed class RestartFlag
{
    private readonly Option<string?> _restart = Flags.One(
        "--restart", null, "POLICY", "Start the command again when it ends: no, on-failure[:TIMES], always, unless-stopped");

    public void AddTo(Command command) => command.Add(_restart);

    /// <summary>The policy; null when not given.</summary>
    /// <exception cref="FormatException">It is not in the form NAME or NAME:NUMBER.</exception>
    public RestartPolicy? PolicyOf(ParseResult parsed)
    {
        if (parsed.GetValue(_restart) is not { } text)
        {
            return null;
        }

        string[] parts = text.Split(':', 2);
        int retries = 0;
        if (parts[0].Length == 0 && parts.Length == 2)
        {
            throw new FormatException("invalid restart policy format: no policy provided before colon");
        }

        if (parts is [_, { Length: > 0 } count] && !int.TryParse(
            count, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out retries))
        {
            throw new FormatException("invalid restart policy format: maximum retry count must be an integer");
        }

        return new RestartPolicy { Name = parts[0], MaximumRetryCount = retries };
    }

    /// <summary>The policy for a new container.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="autoRemove">Whether <c>--rm</c> was given, which a policy contradicts.</param>
    /// <exception cref="FormatException">Both were given, or the policy is not in its form.</exception>
    public RestartPolicy? PolicyOf(ParseResult parsed, bool autoRemove) =>
        PolicyOf(parsed) is { } policy && autoRemove && policy.Name is not ("no" or "")
            ? throw new FormatException("conflicting options: cannot specify both --restart and --rm")
            : PolicyOf(parsed);
}
