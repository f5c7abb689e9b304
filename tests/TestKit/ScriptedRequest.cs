namespace Net.Tests.TestKit;

/// <summary>One request that a <see cref="ScriptedDaemon"/> got.</summary>
/// <param name="Line">Method and path with query: <c>GET /networks</c>.</param>
/// <param name="Headers">The headers, names in lower case.</param>
/// <param name="Body">The body as text.</param>
public sealed record ScriptedRequest(string Line, IReadOnlyDictionary<string, string> Headers, string Body);
