using System.Net;
using Net.Cnm.Errors;

namespace Net.Plugins.Wire;

/// <summary>A plug-in has answered a request with an error. It was asked and knows of the request.</summary>
internal sealed class PluginRefusalException : Exception
{
    /// <summary>Makes the exception.</summary>
    /// <param name="plugin">The plug-in.</param>
    /// <param name="method">What it was asked.</param>
    /// <param name="status">The HTTP status.</param>
    /// <param name="text">What it says; may be empty.</param>
    public PluginRefusalException(string plugin, string method, HttpStatusCode status, string text)
        : base($"plug-in {plugin} refuses {method}: {Words(status, text)}") => Status = status;

    /// <summary>The HTTP status; OK for an error in the answer's <c>Err</c> or <c>Error</c>.</summary>
    public HttpStatusCode Status { get; }

    /// <summary>Whether the plug-in does not have the method.</summary>
    public bool IsNotImplemented => Status == HttpStatusCode.NotFound;

    /// <summary>The same for those who ask the plug-in's driver.</summary>
    public CnmException ToCnm() => new(CnmErrorKind.Internal, Message, this);

    private static string Words(HttpStatusCode status, string text) =>
        text.Length > 0 ? PluginText.Shorten(text) : FormattableString.Invariant($"it answered with status {(int)status} and no text");
}
