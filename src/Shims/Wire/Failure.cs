using Net.Cnm.Errors;
using Net.Linux;

namespace Net.Shims.Wire;

/// <summary>A <see cref="CnmException"/> as it is sent from a shim to the daemon.</summary>
internal sealed record Failure(CnmErrorKind Kind, string Message)
{
    /// <summary>What is said of an error.</summary>
    internal static Failure Of(Exception error) => error switch
    {
        CnmException known => new Failure(known.Kind, known.Message),
        LinuxException failed when failed.Errno == Errno.NoSpace => FullDisk(error),
        IOException when error.HResult == Errno.NoSpace.Number => FullDisk(error), // the runtime has no type of its own for it
        _ => new Failure(CnmErrorKind.Internal, error.Message),
    };

    private static Failure FullDisk(Exception error) => new(CnmErrorKind.Unavailable, $"{error.Message}; free some space on that disk");
}
