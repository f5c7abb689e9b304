using Net.Api.Clients;

namespace Net.Cli.CommandLines;

/// <summary>Errors in the words of the contract.</summary>
internal static class ErrorText
{
    public static string Of(ApiException error) => $"Error response from daemon: {error.Message}";
}
