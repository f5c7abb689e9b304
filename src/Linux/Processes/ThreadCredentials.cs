using Net.Linux.Interop;
using static Tmds.Linux.LibC;

namespace Net.Linux.Processes;

/// <summary>Gives the calling thread, which is root's, the credentials of a user until it is disposed on the same thread, so that a process
/// which it starts meanwhile has them for good.</summary>
/// <remarks>Linux keeps credentials by thread; other threads are not affected. The saved user ID stays 0, by which the thread gets its
/// rights back; a program that is executed loses it: its saved user ID becomes its effective one, and a process whose real and effective
/// user IDs are not 0 has no capabilities after execve(2) (capabilities(7)). The ambient set, which would be kept, is emptied.</remarks>
internal sealed unsafe class ThreadCredentials : IDisposable
{
    private const int PR_CAP_AMBIENT = 47;
    private const int PR_CAP_AMBIENT_CLEAR_ALL = 4;

    private readonly uint _group = getegid();
    private readonly uint[] _groups = ReadGroups();

    private ThreadCredentials()
    {
    }

    /// <summary>Assumes credentials.</summary>
    /// <exception cref="LinuxException">NotPermitted: the thread is not root's. InvalidArgument: too many groups, or an ID that the user
    /// namespace does not have.</exception>
    internal static ThreadCredentials Assume(ProcessCredentials credentials)
    {
        var before = new ThreadCredentials();
        try
        {
            _ = Glibc.prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0); // fails only on kernels that have no such set
            SetGroups([.. credentials.Groups]);
            Call(CredentialCalls.SetGroup, credentials.Group, credentials.Group, credentials.Group);
            Call(CredentialCalls.SetUsers, credentials.User, credentials.User, 0);
            return before;
        }
        catch
        {
            before.Dispose();
            throw;
        }
    }

    /// <summary>Gives the thread its own credentials back.</summary>
    public void Dispose()
    {
        Call(CredentialCalls.SetUsers, 0, 0, 0);
        Call(CredentialCalls.SetGroup, _group, _group, _group);
        SetGroups(_groups);
    }

    private static uint[] ReadGroups()
    {
        int count = getgroups(0, null);
        uint[] groups = new uint[Math.Max(0, count)];
        fixed (uint* pointer = groups)
        {
            return getgroups(groups.Length, (Tmds.Linux.gid_t*)pointer) >= 0 ? groups : throw LinuxException.Last("read the groups");
        }
    }

    private static void SetGroups(uint[] groups)
    {
        fixed (uint* pointer = groups)
        {
            Call(CredentialCalls.SetGroups, groups.Length, (nint)pointer, 0);
        }
    }

    private static void Call(int number, long first, long second, long third)
    {
        long result = (long)syscall(number, (void*)first, (void*)second, (void*)third);
        if (result != 0)
        {
            throw LinuxException.Last("change to a user");
        }
    }
}
