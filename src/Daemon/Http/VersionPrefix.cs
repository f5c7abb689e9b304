namespace Net.Daemon.Http;

/// <summary>Middleware that removes <c>/v1.NN</c> from the beginning of a path. Docker's clients add it once they have negotiated a
/// version.</summary>
internal static class VersionPrefix
{
    public static Task RemoveAsync(HttpContext context, RequestDelegate next)
    {
        string path = context.Request.Path.Value ?? "/";
        int end = path.Length > 1 ? path.IndexOf('/', 1) : -1;
        if (end > 0 && IsVersion(path.AsSpan(1, end - 1)))
        {
            context.Request.Path = path[end..];
        }

        return next(context);
    }

    private static bool IsVersion(ReadOnlySpan<char> segment)
    {
        if (segment.Length < 4 || segment[0] != 'v')
        {
            return false;
        }

        int dot = segment.IndexOf('.');
        return dot > 1 && dot < segment.Length - 1
            && segment[1..dot].IndexOfAnyExceptInRange('0', '9') < 0
            && segment[(dot + 1)..].IndexOfAnyExceptInRange('0', '9') < 0;
    }
}
