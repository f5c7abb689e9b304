using Net.Api.Clients;
using Net.Linux.Terminals;

namespace Net.Cli.CommandLines;

/// <summary>Writes errors and warnings, one line each, as Docker's client does. They quote input and names that others chose, so that
/// what is not printable is escaped.</summary>
internal static class ErrorText
{
    /// <summary>An error of the daemon.</summary>
    public static string Of(ApiException error) => $"Error response from daemon: {TerminalText.Escape(error.Message)}";

    /// <summary>An error of netctl itself.</summary>
    public static string OfClient(Exception error) => $"netctl: {TerminalText.Escape(error.Message)}";

    /// <summary>Something that the user should know of, beside the answer.</summary>
    public static string Warning(string message) => $"WARNING: {TerminalText.Escape(message)}";
}
