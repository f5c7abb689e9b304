using System.Globalization;
using Net.Api.Containers;
using Net.Cnm.Errors;
using Net.Cnm.Sandboxes;
using Net.Linux.Processes;

namespace Net.Daemon.Http;

/// <summary>Reads which network namespace a container is to adopt.</summary>
internal static class NamespaceSources
{
    /// <summary>The namespace; null for one of its own.</summary>
    /// <exception cref="CnmException">InvalidParameter: both a path and a process are given, or the path is not absolute. NotFound: there
    /// is no such process.</exception>
    public static NamespaceSource? Parse(ContainerCreateRequest body)
    {
        string? path = string.IsNullOrEmpty(body.NamespacePath) ? null : body.NamespacePath;
        if (path is not null && body.NamespaceProcess is not null)
        {
            throw Invalid("conflicting options: a network namespace by its path and by a process; give one");
        }

        return path is not null ? OfPath(path) : body.NamespaceProcess is { } id ? OfProcess(id) : null;
    }

    private static NamespaceSource OfPath(string path) => Path.IsPathRooted(path)
        ? new NamespaceSource(Path.GetFullPath(path))
        : throw Invalid($"network namespace \"{path}\": give an absolute path, such as /run/netns/NAME");

    private static NamespaceSource OfProcess(int id) => ProcessIdentity.Of(id) is { } process
        ? new NamespaceSource(string.Create(CultureInfo.InvariantCulture, $"/proc/{id}/ns/net"), process.StartTicks)
        : throw new CnmException(
            CnmErrorKind.NotFound, $"there is no process {id} whose network namespace could be adopted; look with ps");

    private static CnmException Invalid(string message) => new(CnmErrorKind.InvalidParameter, message);
}
