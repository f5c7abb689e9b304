using System.Buffers;
using System.Globalization;
using System.Numerics;
using Net.Api;
using Net.Cnm.Errors;

namespace Net.Daemon.Http;

/// <summary>Middleware that removes <c>/v1.NN</c> from the beginning of a path. Docker's clients add it once they have negotiated a
/// version.</summary>
internal static class VersionPrefix
{
    private static readonly SearchValues<char> VersionCharacters = SearchValues.Create("0123456789.");

    /// <summary>Removes the prefix from the path of a request, which goes on to the next middleware.</summary>
    /// <exception cref="CnmException">InvalidParameter: the version is newer or older than those that are supported.</exception>
    public static Task RemoveAsync(HttpContext context, RequestDelegate next)
    {
        string path = context.Request.Path.Value ?? "/";
        string rest = Remove(path);
        if (rest.Length < path.Length)
        {
            context.Items[typeof(VersionPrefix)] = path[2..(path.Length - rest.Length)];
        }

        context.Request.Path = rest;
        return next(context);
    }

    /// <summary>Whether the client expects answers as they are from a version of the API on. One that names no version expects those of the
    /// newest.</summary>
    /// <param name="context">The request.</param>
    /// <param name="version">The version, such as <c>1.42</c>.</param>
    public static bool Expects(HttpContext context, string version) =>
        context.Items[typeof(VersionPrefix)] is not string asked || Compare(asked, version) >= 0;

    /// <summary>A path without its prefix; a path that has none, as it is.</summary>
    /// <exception cref="CnmException">As <see cref="RemoveAsync"/>.</exception>
    public static string Remove(string path)
    {
        int end = path.Length > 1 ? path.IndexOf('/', 1) : -1;
        if (end < 0 || !IsVersion(path.AsSpan(1, end - 1)))
        {
            return path;
        }

        string version = path[2..end];
        if (Compare(version, ApiPaths.ApiVersion) > 0)
        {
            throw new CnmException(
                CnmErrorKind.InvalidParameter,
                $"client version {version} is too new. Maximum supported API version is {ApiPaths.ApiVersion}");
        }

        if (Compare(version, ApiPaths.MinimumApiVersion) < 0)
        {
            throw new CnmException(
                CnmErrorKind.InvalidParameter,
                $"client version {version} is too old. Minimum supported API version is {ApiPaths.MinimumApiVersion}, "
                    + "please upgrade your client to a newer version");
        }

        return path[end..];
    }

    // The Engine's routes begin with v and [0-9.]+.
    private static bool IsVersion(ReadOnlySpan<char> segment) =>
        segment.Length > 1 && segment[0] == 'v' && !segment[1..].ContainsAnyExcept(VersionCharacters);

    // As the Engine compares: number by number, and one that is missing is 0.
    private static int Compare(string left, string right)
    {
        string[] lefts = left.Split('.');
        string[] rights = right.Split('.');
        for (int i = 0; i < Math.Max(lefts.Length, rights.Length); i++)
        {
            int order = Number(lefts, i).CompareTo(Number(rights, i));
            if (order != 0)
            {
                return order;
            }
        }

        return 0;

        static BigInteger Number(string[] numbers, int i) =>
            i < numbers.Length && numbers[i].Length > 0 ? BigInteger.Parse(numbers[i], CultureInfo.InvariantCulture) : 0;
    }
}
