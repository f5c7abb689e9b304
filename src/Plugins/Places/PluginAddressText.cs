using System.Globalization;
using Net.Cnm.Errors;

namespace Net.Plugins.Places;

/// <summary>Reads the address of a plug-in, as its .spec or .json file has it.</summary>
internal static class PluginAddressText
{
    /// <summary>Reads <c>unix:///PATH</c>, <c>tcp://HOST:PORT</c> or, in a .json file, <c>https://HOST:PORT</c>.</summary>
    /// <param name="file">The file that the text is from, for messages.</param>
    /// <param name="text">The text.</param>
    /// <param name="tls">How TLS is to be spoken over TCP; null for plain TCP.</param>
    /// <exception cref="CnmException">Unavailable: the text has another form.</exception>
    public static PluginPlace Parse(string file, string text, PluginTls? tls)
    {
        text = text.Trim();
        if (text.StartsWith("unix://", StringComparison.Ordinal) && text["unix://".Length..] is ['/', _, ..] path)
        {
            return PluginPlace.Unix(path);
        }

        string? host = text.StartsWith("tcp://", StringComparison.Ordinal) || text.StartsWith("http://", StringComparison.Ordinal)
            || text.StartsWith("https://", StringComparison.Ordinal)
                ? text[(text.IndexOf("://", StringComparison.Ordinal) + 3)..].TrimEnd('/')
                : null;
        bool secure = tls is not null || text.StartsWith("https://", StringComparison.Ordinal);
        int colon = host?.LastIndexOf(':') ?? -1;
        return colon > 0
            && int.TryParse(host.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out int port)
            && port is > 0 and <= ushort.MaxValue
            && host![..colon].Trim('[', ']') is { Length: > 0 } name
            && Uri.CheckHostName(name) != UriHostNameType.Unknown
                ? new PluginPlace(null, name, port, secure ? tls ?? new PluginTls { SkipsVerification = true } : null)
                : throw new CnmException(
                    CnmErrorKind.Unavailable,
                    $"{file}: \"{(text.Length > 80 ? text[..77] + "..." : text)}\" is no address of a plug-in; write "
                        + "unix:///PATH.sock or tcp://HOST:PORT");
    }
}
