using Net.Api.Containers;
using Net.Cnm.Errors;
using Net.Cnm.Processes;

namespace Net.Daemon.Http;

/// <summary>Parses and shows how a container's log is kept.</summary>
internal static class LogRequests
{
    /// <summary>Parses what a request says; null when it says nothing.</summary>
    /// <exception cref="CnmException">InvalidParameter: the type is not json-file, an option is unknown, or its value is
    /// invalid.</exception>
    public static LogLimits? Parse(ContainerLogConfig? config) => config switch
    {
        null => null,
        { Type: not (null or "" or ContainerLogConfig.JsonFile) } => throw new CnmException(
            CnmErrorKind.InvalidParameter,
            $"logger: no log driver named \"{config.Type}\" is registered; leave it out or give {ContainerLogConfig.JsonFile}"),
        { Config.Count: > 0 } => LimitsOf(config.Config),
        _ => null,
    };

    /// <summary>What was asked for a container.</summary>
    public static ContainerLogConfig ViewOf(LogLimits? limits) =>
        limits is null ? new ContainerLogConfig() : new ContainerLogConfig { Config = LogFlags.Format(limits) };

    private static LogLimits LimitsOf(IReadOnlyDictionary<string, string> options)
    {
        try
        {
            return LogFlags.Parse(options);
        }
        catch (FormatException error)
        {
            throw new CnmException(CnmErrorKind.InvalidParameter, error.Message, error);
        }
    }
}
