/** Work with folders that the standard library lacks. */
package io.nirvanastreams.app.files;
