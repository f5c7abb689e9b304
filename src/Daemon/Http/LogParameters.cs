using System.Globalization;
using Net.Api;
using Net.Cnm.Errors;
using Net.Cnm.Processes;

namespace Net.Daemon.Http;

/// <summary>The query of a request for logs, with Docker's parameters.</summary>
/// <param name="Lines">Which lines are read.</param>
/// <param name="Output">Whether lines of standard output are sent.</param>
/// <param name="Error">Whether lines of standard error are sent.</param>
/// <param name="Timestamps">Whether the time of each line stands before it.</param>
/// <param name="Details">Whether the labels of each line stand before it.</param>
internal sealed record LogParameters(LogQuery Lines, bool Output, bool Error, bool Timestamps, bool Details)
{
    /// <summary>Parses the query.</summary>
    /// <param name="context">The request.</param>
    /// <param name="now">The current time, from which a duration counts back.</param>
    /// <param name="needsStream">Whether a stream must be named, as Docker demands it; otherwise both are sent when neither is.</param>
    /// <exception cref="CnmException">InvalidParameter: a time or a number of lines has none of the forms, or neither stream is
    /// chosen.</exception>
    public static LogParameters Parse(HttpContext context, DateTimeOffset now, bool needsStream)
    {
        bool chooses = needsStream
            || context.Parameter(ApiPaths.OutputQuery) is not null || context.Parameter(ApiPaths.ErrorQuery) is not null;
        var parameters = new LogParameters(
            new LogQuery
            {
                Follow = context.HasFlag(ApiPaths.FollowQuery),
                Tail = TailOf(context.Parameter(ApiPaths.TailQuery)),
                Since = MomentOf(context.Parameter(ApiPaths.SinceQuery), now),
                Until = MomentOf(context.Parameter(ApiPaths.UntilQuery), now),
            },
            !chooses || context.HasFlag(ApiPaths.OutputQuery),
            !chooses || context.HasFlag(ApiPaths.ErrorQuery),
            context.HasFlag(ApiPaths.TimestampsQuery),
            context.HasFlag(ApiPaths.DetailsQuery));
        return parameters.Output || parameters.Error
            ? parameters
            : throw new CnmException(
                CnmErrorKind.InvalidParameter, "Bad parameters: you must choose at least one stream; give stdout=1, stderr=1 or both");
    }

    /// <summary>Whether a line is of a stream that is sent.</summary>
    public bool Sends(LogLine line) => line.Stream == StreamKind.StandardError ? Error : Output;

    // The second 0 is no limit, as with Docker.
    private static DateTimeOffset? MomentOf(string? text, DateTimeOffset now) =>
        text is null or "" or "0" ? null : MomentParameter.Parse(text, now);

    // A negative number is all lines, as with Docker.
    private static int? TailOf(string? text) => text is null or "" or "all" ? null
        : int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int count) ? (count < 0 ? null : count)
        : throw new CnmException(CnmErrorKind.InvalidParameter, $"invalid tail \"{text}\": it takes a number of lines, or all");
}
