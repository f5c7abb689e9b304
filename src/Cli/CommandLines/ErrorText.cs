using Net.Api.Clients;

namespace Net.Cli.CommandLines;

/// <summary>Writes the daemon's errors as Docker's client does.</summary>
internal static class ErrorText
{
    public static string Of(ApiException error) => $"Error response from daemon: {error.Message}";
}
