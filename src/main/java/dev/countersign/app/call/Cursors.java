package dev.countersign.app.call;

import com.google.protobuf.ByteString;
import dev.countersign.app.api.Caller;
import dev.countersign.app.api.ProblemException;
import dev.countersign.vault.Purpose;
import dev.countersign.vault.SealBrokenException;
import dev.countersign.vault.Sealed;
import dev.countersign.vault.Vault;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/**
 * Where the next page of a list starts, as a text for the caller. Sealed for them: Temporal takes
 * page tokens at face value, so only what it has given may come back.
 */
@Component
public class Cursors {
  private final Vault vault;

  /** Seals and opens by the keys of the vault. */
  public Cursors(Vault vault) {
    this.vault = vault.forPurpose(Purpose.CURSORS);
  }

  /**
   * Where a page starts.
   *
   * @param list names the list, in the plural
   * @param cursor what the caller has sent; null: nothing
   * @return null: the first page
   * @throws ProblemException 400, if it is no cursor of this list of the caller's
   */
  public @Nullable ByteString start(Caller caller, String list, @Nullable String cursor) {
    try {
      return cursor == null ? null : pageToken(caller, list, cursor);
    } catch (IllegalArgumentException e) {
      throw new ProblemException(
          HttpStatus.BAD_REQUEST,
          "cursor must be one that the list of your " + list + " has answered with.",
          e);
    }
  }

  /**
   * What the caller sends for the next page.
   *
   * @param list names the list, in the plural
   * @param next where that page starts; null: there is none
   */
  public @Nullable String next(Caller caller, String list, @Nullable ByteString next) {
    return next == null ? null : of(caller, list, next);
  }

  private String of(Caller caller, String list, ByteString pageToken) {
    Sealed sealed =
        vault.seal(
            Base64.getEncoder().encodeToString(pageToken.toByteArray()), owner(caller, list));
    byte[] ciphertext = Base64.getDecoder().decode(sealed.ciphertext());
    return sealed.keyId()
        + "."
        + Base64.getUrlEncoder().withoutPadding().encodeToString(ciphertext);
  }

  private ByteString pageToken(Caller caller, String list, String cursor) {
    int dot = cursor.lastIndexOf('.');
    if (dot < 0) {
      throw new IllegalArgumentException("There is no key id in it");
    }
    byte[] ciphertext = Base64.getUrlDecoder().decode(cursor.substring(dot + 1));
    Sealed sealed =
        new Sealed(cursor.substring(0, dot), Base64.getEncoder().encodeToString(ciphertext));
    try {
      return ByteString.copyFrom(
          Base64.getDecoder().decode(vault.open(sealed, owner(caller, list))));
    } catch (SealBrokenException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static String owner(Caller caller, String list) {
    return "cursor-" + list + "-" + caller.sub();
  }
}
