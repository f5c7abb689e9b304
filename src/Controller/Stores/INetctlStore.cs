using Net.Cnm.DesiredState;
using Net.Controller.Models;

namespace Net.Controller.Stores;

/// <summary>Stores the model durably. A change survives a power failure once <see cref="Save"/> has returned.</summary>
/// <remarks>A method that cannot read or write throws a CnmException of kind Unavailable, whose message names the disk, or the process that
/// holds the store.</remarks>
public interface INetctlStore : IPriorValues, IDisposable
{
    /// <summary>What was lost of the store at this start or at an earlier one, until <see cref="AcceptLoss"/>; null when it holds all that
    /// was stored. Final once <see cref="Load"/> has returned.</summary>
    /// <remarks>Shims and kernel objects that the model does not know then need not be leftovers: they may belong to containers that
    /// run.</remarks>
    StoreLoss? Loss { get; }

    /// <summary>The number of the last commit that the database holds. Every change is one commit, with the number after the one
    /// before.</summary>
    int StoredCommit { get; }

    /// <summary>The number of the last commit that was ever made, as far as is known: greater than <see cref="StoredCommit"/> where
    /// commits are lost, until the next change is stored.</summary>
    int KnownCommit { get; }

    /// <summary>Whether it was known, when the store was opened, which commit has to be its last: then one that has lost commits says so.
    /// If not, only what runs can tell.</summary>
    bool KnowsItsEnd { get; }

    /// <summary>Whether the daemon before this one has not closed the store, because it was killed or the machine has failed.</summary>
    bool WasLeftOpen { get; }

    /// <summary>Reads the stored model.</summary>
    ModelSnapshot Load();

    /// <summary>Finds out whether the store can be written at this moment, by a write of the size of a change that leaves nothing. Call it
    /// before something is done that cannot be taken back and has to be stored afterwards.</summary>
    void RequireWritable();

    /// <summary>Stores one change of the model in one transaction.</summary>
    void Save(ModelChange change);

    /// <summary>Says that the store does not hold everything that was stored in it, as something else than the store has told.</summary>
    /// <param name="loss">What is known of the loss. It goes into the log, and is told at later starts too.</param>
    /// <param name="lastCommit">The number of the last commit that is known of.</param>
    void Lose(StoreLoss loss, int lastCommit);

    /// <summary>Forgets the loss, also for later starts: an administrator has decided what becomes of that which the model does not
    /// know.</summary>
    void AcceptLoss();
}
